/* The yardstick: the plain loop over sendfile(2).
 *
 *   sendfile FILE HOST PORT
 *
 * For every line on standard input, a number N, it sends FILE N times, each time over a new
 * connection, and prints: bytes, CPU ns of the thread, CPU ns of the process, elapsed ns.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

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

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: sendfile FILE HOST PORT\n");
    return 2;
  }
  int file = open(argv[1], O_RDONLY | O_CLOEXEC);
  struct stat facts;
  if (file < 0 || fstat(file, &facts) < 0) fail(argv[1]);

  int times;
  while (scanf("%d", &times) == 1) {
    long long bytes = 0, thread = 0, process = 0, elapsed = 0;
    for (int i = 0; i < times; i++) {
      int sock = connect_to(argv[2], atoi(argv[3]));
      long long t = now(CLOCK_THREAD_CPUTIME_ID);
      long long p = now(CLOCK_PROCESS_CPUTIME_ID);
      long long e = now(CLOCK_MONOTONIC);
      bytes += send_all(file, sock, facts.st_size);
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
