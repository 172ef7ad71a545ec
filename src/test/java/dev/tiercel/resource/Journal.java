package dev.tiercel.resource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what was closed, in order. */
final class Journal {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  void add(String line) {
    lines.add(line);
  }

  /** Closing it is written down. */
  CloseAction closes(String line) {
    return () -> add(line);
  }

  /** Closing it is written down, then fails. */
  CloseAction fails(String line, Exception failure) {
    return () -> {
      add(line);
      throw failure;
    };
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
