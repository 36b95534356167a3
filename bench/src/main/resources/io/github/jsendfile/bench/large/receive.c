/* The yardsticks of receiving: the plain loops over splice(2), and over recv(2) and write(2).
 *
 *   receive splice|copy FILE HOST PORT
 *
 * For every line on standard input, a number N, it receives N files, each over a new connection
 * until its end and over the content of FILE, and prints: bytes, CPU ns of the thread, CPU ns of
 * the process, elapsed ns.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PIPE_BYTES = 1 << 20, COPY_BYTES = 64 << 10 };

static int pipe_ends[2];

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

static long long by_splice(int sock, int file) {
  off_t position = 0;
  for (;;) {
    ssize_t taken = splice(sock, NULL, pipe_ends[1], NULL, PIPE_BYTES, SPLICE_F_MOVE);
    if (taken == 0) return position;
    if (taken < 0) fail("splice from the socket");
    while (taken > 0) {
      ssize_t put = splice(pipe_ends[0], NULL, file, &position, taken, SPLICE_F_MOVE);
      if (put <= 0) fail("splice to the file");
      taken -= put;
    }
  }
}

static long long by_copy(int sock, int file) {
  static char buffer[COPY_BYTES];
  long long position = 0;
  for (;;) {
    ssize_t taken = recv(sock, buffer, sizeof buffer, 0);
    if (taken == 0) return position;
    if (taken < 0) fail("recv");
    for (ssize_t done = 0; done < taken;) {
      ssize_t put = write(file, buffer + done, taken - done);
      if (put <= 0) fail("write");
      done += put;
    }
    position += taken;
  }
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: receive splice|copy FILE HOST PORT\n");
    return 2;
  }
  int splices = strcmp(argv[1], "splice") == 0;
  if (pipe2(pipe_ends, O_CLOEXEC) < 0 || fcntl(pipe_ends[1], F_SETPIPE_SZ, PIPE_BYTES) < 0)
    fail("pipe");

  int times;
  while (scanf("%d", &times) == 1) {
    long long bytes = 0, thread = 0, process = 0, elapsed = 0;
    for (int i = 0; i < times; i++) {
      int sock = connect_to(argv[3], atoi(argv[4]));
      int file = open(argv[2], O_WRONLY | O_CLOEXEC);
      if (file < 0) fail(argv[2]);
      long long t = now(CLOCK_THREAD_CPUTIME_ID);
      long long p = now(CLOCK_PROCESS_CPUTIME_ID);
      long long e = now(CLOCK_MONOTONIC);
      bytes += splices ? by_splice(sock, file) : by_copy(sock, file);
      thread += now(CLOCK_THREAD_CPUTIME_ID) - t;
      process += now(CLOCK_PROCESS_CPUTIME_ID) - p;
      elapsed += now(CLOCK_MONOTONIC) - e;
      close(sock);
      close(file);
    }
    printf("%lld %lld %lld %lld\n", bytes, thread, process, elapsed);
    fflush(stdout);
  }
  return 0;
}
