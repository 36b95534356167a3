/* The yardstick: the plain loop over sendfile(2), which no time limit can end; or the loop of a
 * sender that can, which never waits inside sendfile(2) but in poll(2).
 *
 *   sendfile blocking|polling FILE HOST PORT
 *
 * For every line on standard input, a number N, it sends FILE N times, each time over a new
 * connection, and prints: bytes, CPU ns of the thread, CPU ns of the process, elapsed ns.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { CALL_BYTES = 1 << 20, LIMIT_MILLIS = 30000 };

static long long now(clockid_t clock) {
  struct timespec at;
  clock_gettime(clock, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int connect_to(const char *host, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || inet_pton(AF_INET, host, &address.sin_addr) != 1 ||
      connect(fd, (struct sockaddr *)&address, sizeof address) < 0)
    fail("connect");
  return fd;
}

static long long send_all(int file, int sock, long long length) {
  off_t position = 0;
  while (position < length) {
    ssize_t sent = sendfile(sock, file, &position, length - position);
    if (sent < 0 && errno != EINTR) fail("sendfile");
    if (sent == 0) break;
  }
  return position;
}

static long long send_polling(int file, int sock, long long length) {
  off_t position = 0;
  while (position < length) {
    long long left = length - position;
    size_t count = left < CALL_BYTES ? left : CALL_BYTES;
    ssize_t sent = sendfile(sock, file, &position, count);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) fail("sendfile");
    if (sent == 0) break;
    if (sent < (ssize_t)count) {
      struct pollfd room = {.fd = sock, .events = POLLOUT};
      if (poll(&room, 1, LIMIT_MILLIS) <= 0) fail("poll");
    }
  }
  return position;
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: sendfile blocking|polling FILE HOST PORT\n");
    return 2;
  }
  int polls = strcmp(argv[1], "polling") == 0;
  int file = open(argv[2], O_RDONLY | O_CLOEXEC);
  struct stat facts;
  if (file < 0 || fstat(file, &facts) < 0) fail(argv[2]);

  int times;
  while (scanf("%d", &times) == 1) {
    long long bytes = 0, thread = 0, process = 0, elapsed = 0;
    for (int i = 0; i < times; i++) {
      int sock = connect_to(argv[3], atoi(argv[4]));
      if (polls && fcntl(sock, F_SETFL, O_NONBLOCK) < 0) fail("fcntl");
      long long t = now(CLOCK_THREAD_CPUTIME_ID);
      long long p = now(CLOCK_PROCESS_CPUTIME_ID);
      long long e = now(CLOCK_MONOTONIC);
      bytes += polls ? send_polling(file, sock, facts.st_size)
                     : send_all(file, sock, facts.st_size);
      thread += now(CLOCK_THREAD_CPUTIME_ID) - t;
      process += now(CLOCK_PROCESS_CPUTIME_ID) - p;
      elapsed += now(CLOCK_MONOTONIC) - e;
      close(sock);
    }
    printf("%lld %lld %lld %lld\n", bytes, thread, process, elapsed);
    fflush(stdout);
  }
  return 0;
}
