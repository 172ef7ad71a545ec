package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atLeast;
import static dev.tiercel.benchmarks.figures.Promise.Bound.atMost;

import dev.tiercel.benchmarks.figures.Promise.From;
import java.util.List;

/** What the scorecard measures of a list of tasks behind a server. */
final class WebFigures {
  private WebFigures() {}

  static List<Run> runs() {
    return List.of(Run.scorecard("web", Subject.WEB, "web", 100));
  }

  static List<Plot> plots() {
    return List.of(
        Plot.bars("web", "A list of 50 tasks behind the JDK's server, 1 of 100 requests a write")
            .column("1 connection", "1 connection", "requests/s")
            .column("64 connections", "64 connections", "requests/s")
            .column("64 connections, a read", "64 connections, a read", "ms")
            .column("64 connections, 99th percentile", "64 connections, 99 of 100 reads", "ms")
            .ours("Tiercel", "web: {}: Tiercel")
            .ours("Tiercel and its response cache", "web: {}: Tiercel + responses")
            .peer("naive", "web: {}: naive")
            .peer("constant bytes", "web: {}: constant"));
  }

  static List<Promise> promises() {
    return List.of(
        Promise.plain(
                "requests at 64 connections, with the response cache: times naive",
                "web: 64 connections, times naive: Tiercel + responses",
                atLeast(50, "×"))
            .from(From.OURS),
        Promise.plain(
                "a read at 64 connections",
                "web: 64 connections, a read: Tiercel",
                atMost(100, "ms"))
            .from(From.ASKED_FOR));
  }
}
