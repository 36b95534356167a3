/* A path: what one TUN device gets, the other hands out some ms later, and the other way round.
 *
 * usage: delay NAMESPACE NAMESPACE MILLISECONDS
 *
 * Makes a device "path" in each of the two network namespaces, says "ready" and runs until its input ends. It ends no
 * connection and answers nothing: TCP is between the two ends. Each direction keeps up to 64 MiB; beyond that it drops. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 64 << 20, MOST = 65536 };

struct direction {
  int from, to;
  uint8_t *ring; /* records: due (8 bytes), length (4), packet */
  size_t head, tail, used;
};

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void die(const char *what) {
  fprintf(stderr, "delay: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int device(const char *namespace) {
  char path[200];
  snprintf(path, sizeof path, "/run/netns/%s", namespace);
  int ns = open(path, O_RDONLY | O_CLOEXEC);
  if (ns < 0 || setns(ns, CLONE_NEWNET)) die(path);
  close(ns);
  int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strcpy(request.ifr_name, "path");
  if (tun < 0 || ioctl(tun, TUNSETIFF, &request)) die("/dev/net/tun");
  return tun;
}

static void copy_in(struct direction *d, const void *bytes, size_t count) {
  size_t first = count < ROOM - d->head ? count : ROOM - d->head;
  memcpy(d->ring + d->head, bytes, first);
  memcpy(d->ring, (const uint8_t *)bytes + first, count - first);
  d->head = (d->head + count) % ROOM;
  d->used += count;
}

static void copy_out(struct direction *d, void *bytes, size_t count, int keep) {
  size_t first = count < ROOM - d->tail ? count : ROOM - d->tail;
  memcpy(bytes, d->ring + d->tail, first);
  memcpy((uint8_t *)bytes + first, d->ring, count - first);
  if (!keep) {
    d->tail = (d->tail + count) % ROOM;
    d->used -= count;
  }
}

static void take(struct direction *d, int64_t delay) {
  static uint8_t packet[MOST];
  for (int i = 0; i < 64; i++) {
    ssize_t got = read(d->from, packet, sizeof packet);
    if (got <= 0) return;
    uint32_t length = got;
    if (d->used + 12 + length > ROOM) continue;
    int64_t due = now() + delay;
    copy_in(d, &due, 8), copy_in(d, &length, 4), copy_in(d, packet, length);
  }
}

/* When the next is due; INT64_MAX if there is none. */
static int64_t hand_out(struct direction *d) {
  static uint8_t packet[MOST];
  int64_t due;
  uint32_t length;
  while (d->used) {
    copy_out(d, &due, 8, 1);
    if (due > now()) return due;
    copy_out(d, &due, 8, 0), copy_out(d, &length, 4, 0), copy_out(d, packet, length, 0);
    if (write(d->to, packet, length) < 0 && errno != EAGAIN && errno != EIO) die("write");
  }
  return INT64_MAX;
}

int main(int argc, char **argv) {
  if (argc != 4) return fprintf(stderr, "usage: delay NAMESPACE NAMESPACE MILLISECONDS\n"), 2;
  int a = device(argv[1]), b = device(argv[2]);
  int64_t delay = atof(argv[3]) * 1e6;
  struct direction there = {.from = a, .to = b, .ring = malloc(ROOM)}, back = {.from = b, .to = a, .ring = malloc(ROOM)};
  struct pollfd polled[] = {{a, POLLIN}, {b, POLLIN}, {0, POLLIN}};
  puts("ready"), fflush(stdout);
  while (1) {
    int64_t first = hand_out(&there), second = hand_out(&back);
    int64_t due = first < second ? first : second, wait = due == INT64_MAX ? 1000000000 : due - now();
    struct timespec t = {wait > 0 ? wait / 1000000000 : 0, wait > 0 ? wait % 1000000000 : 0};
    if (ppoll(polled, 3, &t, NULL) < 0 && errno != EINTR) die("ppoll");
    if (polled[2].revents) return 0;
    take(&there, delay), take(&back, delay);
  }
}
