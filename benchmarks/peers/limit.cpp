// The limit: the same network as one flat loop in C++, with nothing else in it.
// xoshiro256++, ziggurat exponentials (Marsaglia & Tsang 2000), a heap whose top is replaced in place.
// g++ -O3 -march=native -std=c++17 limit.cpp -o limit
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>
#include <vector>
using u64 = uint64_t;
using u32 = uint32_t;

static u64 s[4];
static inline u64 rotl(u64 x, int k) { return (x << k) | (x >> (64 - k)); }
static inline u64 draw() {
  u64 r = rotl(s[0] + s[3], 23) + s[0], t = s[1] << 17;
  s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45);
  return r;
}
static inline double uniform() { return (draw() >> 11) * 0x1.0p-53; }
static void seed(u64 z) {
  for (auto &x : s) { z += 0x9E3779B97F4A7C15ull; x = z; x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull; x = (x ^ (x >> 27)) * 0x94D049BB133111EBull; x ^= x >> 31; }
}
static double width[256], height[256]; static u64 inside_[256];
static const double TAIL = 7.69711747013104972;
static void layers() {
  const double volume = 0.0039496598225815571993, m = 0x1.0p53;
  double d = TAIL, t = d, q = volume / std::exp(-d);
  inside_[0] = (u64)(d / q * m); inside_[1] = 0; width[0] = q / m; width[255] = d / m; height[0] = 1; height[255] = std::exp(-d);
  for (int i = 254; i; i--) { d = -std::log(volume / d + std::exp(-d)); inside_[i + 1] = (u64)(d / t * m); t = d; height[i] = std::exp(-d); width[i] = d / m; }
}
static inline double exponential() {
  for (;;) {
    u64 r = draw() >> 3; u32 i = r & 255; r >>= 8; double x = r * width[i];
    if (__builtin_expect(r < inside_[i], 1)) return x;
    if (!i) return TAIL - std::log(1 - uniform());
    if ((height[i - 1] - height[i]) * uniform() + height[i] < std::exp(-x)) return x;
  }
}

struct Event { double time; u32 slot, arrival; };
static Event heap[1 << 16]; static int size = 0; static bool hole = false;
static void rise(int i, Event e) { while (i) { int p = (i - 1) / 2; if (heap[p].time <= e.time) break; heap[i] = heap[p]; i = p; } heap[i] = e; }
static void sift(Event e) {
  int i = 0, c = 1; heap[size].time = INFINITY;
  while (c < size) { c += heap[c + 1].time < heap[c].time; heap[i] = heap[c]; i = c; c = 2 * i + 1; }
  rise(i, e);
}
static void schedule(Event e) { if (hole) { hole = false; sift(e); } else rise(size++, e); }

int main(int argc, char **argv) {
  const int K = 5, C = 8; u64 target = argc > 1 ? strtoull(argv[1], 0, 10) : 5000000; double rate = atof(argv[2]); seed(argc > 3 ? atoi(argv[3]) : 1); layers();
  const u32 NONE = ~0u; std::vector<u32> next(1 << 20), station(1 << 20); u32 used = 0, spare = NONE, head[K], tail[K]; int idle[K];
  for (int k = 0; k < K; k++) { head[k] = tail[k] = NONE; idle[k] = C; }
  u64 done = 0; long inside = 0; double now = 0, area = 0;
  auto enter = [&](u32 c, u32 k) {
    station[c] = k;
    if (idle[k]) { idle[k]--; schedule({now + exponential(), c, 0}); return; }
    next[c] = NONE; if (tail[k] == NONE) head[k] = c; else next[tail[k]] = c; tail[k] = c;
  };
  auto started = std::chrono::steady_clock::now();
  schedule({exponential() / rate, 0, 1});
  while (done < target) {
    Event e = heap[0]; hole = true; area += inside * (e.time - now); now = e.time;
    if (e.arrival) {
      schedule({now + exponential() / rate, 0, 1}); u32 c = spare; if (c == NONE) c = used++; else spare = next[c];
      inside++; enter(c, 0);
    } else {
      done++; u32 k = station[e.slot], q = head[k];
      if (q != NONE) { head[k] = next[q]; if (head[k] == NONE) tail[k] = NONE; schedule({now + exponential(), q, 0}); } else idle[k]++;
      if (uniform() < 0.1) enter(e.slot, k ? k - 1 : 0);
      else if (k + 1 < (u32)K) enter(e.slot, k + 1);
      else { inside--; next[e.slot] = spare; spare = e.slot; }
    }
    if (hole) { hole = false; size--; if (size) sift(heap[size]); }
  }
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  rusage usage; getrusage(RUSAGE_SELF, &usage);
  printf("{\"completions\": %lu, \"seconds\": %.6f, \"mean_cases\": %.5f, \"peak_mb\": %.1f}\n", done, seconds, area / now, usage.ru_maxrss / 1024.0);
}
