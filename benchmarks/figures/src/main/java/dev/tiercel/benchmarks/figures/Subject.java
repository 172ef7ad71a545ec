package dev.tiercel.benchmarks.figures;

import java.util.List;

/** What a figure is about, and which libraries' versions belong to it. */
enum Subject {
  REPOSITORY("sqlite-jdbc", "HikariCP", "jdbi3-core", "db-scheduler"),
  CACHE("caffeine", "cache2k-core", "jetcache-core"),
  WRAPPING("caffeine", "jetcache-core"),
  TIERS("sqlite-jdbc", "ehcache", "mapdb", "h2", "rocksdbjni"),
  POOL("stormpot", "commons-pool2", "HikariCP"),
  SCORECARD("sqlite-jdbc", "caffeine"),
  WEB("sqlite-jdbc", "caffeine");

  final List<String> artifacts;

  Subject(String... artifacts) {
    this.artifacts = List.of(artifacts);
  }
}
