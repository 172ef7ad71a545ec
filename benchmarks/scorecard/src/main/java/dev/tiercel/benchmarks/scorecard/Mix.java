package dev.tiercel.benchmarks.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The reads of an application in a fixed random order: the same for both sides, at every run. */
final class Mix {
  private static final int SIZE = 200;
  private static final int LIST = 50;

  /** One read. */
  interface Read {
    /** Runs it; the answer's size keeps the compiler from dropping the work. */
    int on(Side side);
  }

  private final List<Read> reads = new ArrayList<>();
  private final List<Read> pages = new ArrayList<>();

  Mix(Sample sample) {
    Random random = new Random(1);
    for (int i = 0; i < SIZE; i++) {
      String id = any(sample.ids(), random);
      String agent = any(sample.agents(), random);
      int kind = random.nextInt(10);
      if (kind < 4) {
        reads.add(side -> side.findById(id).orElseThrow().title().length());
      } else if (kind < 7) {
        reads.add(side -> side.findByAgent(agent, LIST).size());
      } else if (kind < 9) {
        reads.add(side -> side.findPending(LIST).size());
      } else {
        reads.add(side -> side.findAll(LIST).size());
      }
      List<String> three = List.of(id, any(sample.ids(), random), any(sample.ids(), random));
      pages.add(side -> page(side, agent, three));
    }
  }

  /** What a web page with an agent's newest tasks asks for. */
  private static int page(Side side, String agent, List<String> ids) {
    int size = side.findByAgent(agent, LIST).size() + (int) side.countOfAgent(agent);
    for (String id : ids) {
      size += side.findById(id).orElseThrow().title().length();
    }
    return size;
  }

  private static String any(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  List<Read> reads() {
    return reads;
  }

  List<Read> pages() {
    return pages;
  }
}
