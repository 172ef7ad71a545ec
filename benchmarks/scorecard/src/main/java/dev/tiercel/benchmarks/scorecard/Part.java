package dev.tiercel.benchmarks.scorecard;

import java.util.Locale;

/** What of the scorecard is run. */
enum Part {
  ALL,
  REPOSITORY,
  CACHES,
  WEB;

  /** Whether it is run when this one is asked for. */
  boolean has(Part other) {
    return this == ALL || this == other;
  }

  /** As the system property {@code part} asks for. */
  static Part asked() {
    String text = System.getProperty("part", "all").strip();
    for (Part part : values()) {
      if (part.name().equals(text.toUpperCase(Locale.ROOT))) {
        return part;
      }
    }
    throw new Refusal("-Dpart=" + text + " is not all, repository, caches or web");
  }
}
