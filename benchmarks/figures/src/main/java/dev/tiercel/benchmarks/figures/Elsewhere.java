package dev.tiercel.benchmarks.figures;

import dev.tiercel.benchmarks.figures.Promise.From;
import java.util.List;

/**
 * Something that was promised and is not measured here.
 *
 * @param text what, with its bound
 * @param from who set the bound
 * @param where what measures it, in Markdown
 */
record Elsewhere(String text, From from, String where) {
  private static final String MAIN = "`mvn -f benchmarks -Djmh.main=dev.tiercel.benchmarks.";

  /** All there are. */
  static final List<Elsewhere> ALL =
      List.of(
          new Elsewhere(
              "20,000 acknowledged entries of a tier are there after `kill -9`",
              From.DESIGN,
              MAIN + "tier.AfterKill -Djmh.args=20000`"),
          new Elsewhere(
              "the files of a tier of 256 MB stay within their bound",
              From.DESIGN,
              MAIN + "tier.TierBound -Djmh.args=10000000`"),
          new Elsewhere(
              "eight threads that want two objects: nobody waits as long as with Stormpot",
              From.DESIGN,
              MAIN + "pool.Exhausted -Djmh.args=4`"),
          new Elsewhere(
              "1,000,000 tasks are streamed with a heap of 64 MiB",
              From.OURS,
              "`mvn -f benchmarks -Djmh.args=StreamAll`"),
          new Elsewhere(
              "required tests of HTTP caching: ≥ 133 of the 160 of then (165 now)",
              From.DESIGN,
              "[HTTP conformance](http-conformance.md)"));

  String row() {
    return "| %s | %s | %s |".formatted(text, from.text, where);
  }
}
