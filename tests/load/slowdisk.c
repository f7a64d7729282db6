/*
 * A disk as cheap boxes have it: preloaded, it delays each fsync and fdatasync of its process by 0.2 to 0.4 s, and three
 * of a hundred by four seconds. HEARTH_SLOWDISK_SCALE (percent, 100 unless given) stretches or shortens all of them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static __thread uint32_t state;

static uint32_t next_random(void) {
  if (state == 0) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    state = (uint32_t)now.tv_nsec ^ (uint32_t)(uintptr_t)&state;
    state |= 1;
  }
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

static void delay(void) {
  const char *given = getenv("HEARTH_SLOWDISK_SCALE");
  long scale = given ? strtol(given, NULL, 10) : 100;
  uint32_t draw = next_random();
  long millis = (draw % 100 < 3 ? 4000 : 200 + (long)(draw / 100 % 200)) * scale / 100;
  struct timespec left = {millis / 1000, millis % 1000 * 1000000L};
  while (nanosleep(&left, &left) != 0) {
  }
}

int fsync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  delay();
  return real(file);
}

int fdatasync(int file) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  delay();
  return real(file);
}
