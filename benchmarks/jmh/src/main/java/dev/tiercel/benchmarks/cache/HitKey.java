package dev.tiercel.benchmarks.cache;

import dev.tiercel.cache.CacheKey;

/** The key that all caches are asked for. */
record HitKey(int agent, int page) implements CacheKey {
  static HitKey of(int n) {
    return new HitKey(n / 10, n % 10);
  }

  @Override
  public String text() {
    return "tasks:agent:" + agent + ":page:" + page;
  }
}
