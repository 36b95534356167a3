/* fetch PORT PATH CONNECTIONS MILLISECONDS: gets a path over so many connections again and again,
   reads with as little of its own work as it can, and prints the bytes and the nanoseconds. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST_CONNECTIONS 1024

struct connection {
  int socket;
  long left; /* of the response; 0 between head and head */
};

static char request[4096];
static char buffer[256 * 1024];

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void ask(struct connection *connection) {
  size_t length = strlen(request);
  if (send(connection->socket, request, length, MSG_NOSIGNAL) != (ssize_t)length) die("send");
}

/* What of these bytes, the first of a response, belongs behind its head. */
static long body_behind_head(struct connection *connection, long count) {
  buffer[count] = 0;
  char *end = strstr(buffer, "\r\n\r\n");
  char *length = strcasestr(buffer, "\r\nContent-Length:");
  if (strncmp(buffer, "HTTP/1.1 200", 12) != 0 || !end || !length || length > end) {
    fprintf(stderr, "no head of a file: %.100s\n", buffer);
    exit(1);
  }
  connection->left = atol(length + 17);
  if (connection->left <= 0) {
    fprintf(stderr, "an empty file: %.100s\n", buffer);
    exit(1);
  }
  return count - (end + 4 - buffer);
}

static long receive(struct connection *connection) {
  long count = read(connection->socket, buffer, sizeof buffer - 1);
  if (count <= 0) die("read");
  long body = connection->left == 0 ? body_behind_head(connection, count) : count;
  connection->left -= body;
  if (connection->left == 0) ask(connection);
  return count;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  int count = atoi(argv[3]);
  static struct connection connections[MOST_CONNECTIONS];
  snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", argv[2]);
  struct sockaddr_in address = {AF_INET, htons(atoi(argv[1])), {htonl(INADDR_LOOPBACK)}};
  int poller = epoll_create1(0);
  for (int i = 0; i < count; i++) {
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(socket_, (struct sockaddr *)&address, sizeof address) < 0) die("connect");
    connections[i].socket = socket_;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &connections[i]};
    epoll_ctl(poller, EPOLL_CTL_ADD, socket_, &event);
    ask(&connections[i]);
  }
  long start = now(), end = start + atol(argv[4]) * 1000000L, bytes = 0;
  struct epoll_event events[64];
  while (now() < end) {
    int ready = epoll_wait(poller, events, 64, 100);
    for (int i = 0; i < ready; i++) bytes += receive(events[i].data.ptr);
  }
  printf("%ld %ld\n", bytes, now() - start);
  return 0;
}
