package dev.tiercel.benchmarks.scorecard;

/** What the seed asked for. */
enum Target {
  QUERIES("-40 %") {
    @Override
    boolean isMet(Metric metric) {
      return metric.change() <= -40;
    }
  },
  RESPONSE("< 100 ms") {
    @Override
    boolean isMet(Metric metric) {
      return metric.tiercel() < 100;
    }
  },
  MEMORY("-25 %") {
    @Override
    boolean isMet(Metric metric) {
      return metric.change() <= -25;
    }
  },
  HIT_RATE(">= 85 %") {
    @Override
    boolean isMet(Metric metric) {
      return metric.tiercel() >= 85;
    }
  },
  THROUGHPUT("+50 %") {
    @Override
    boolean isMet(Metric metric) {
      return metric.change() >= 50;
    }
  },
  /** It asked for nothing; the figure explains another. */
  NONE("") {
    @Override
    boolean isMet(Metric metric) {
      return true;
    }
  };

  final String text;

  Target(String text) {
    this.text = text;
  }

  abstract boolean isMet(Metric metric);
}
