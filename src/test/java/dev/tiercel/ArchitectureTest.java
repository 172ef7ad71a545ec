package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the house to its plan: who may use whom, and nobody in a circle. */
class ArchitectureTest {
  private static final Pattern ARROW = Pattern.compile("^\\s+(\\S+)\\s+->\\s+(\\S+)\\s.*$");

  /** The rooms a room may use; all of them stand here. */
  private static final Map<String, Set<String>> PLAN =
      Map.ofEntries(
          Map.entry(
              "dev.tiercel",
              Set.of(
                  "dev.tiercel.query",
                  "dev.tiercel.store",
                  "dev.tiercel.cache",
                  "dev.tiercel.tier",
                  "dev.tiercel.sqlite",
                  "dev.tiercel.task",
                  "dev.tiercel.resource",
                  "dev.tiercel.metrics",
                  "dev.tiercel.web",
                  "dev.tiercel.memory")),
          Map.entry(
              "dev.tiercel.metrics",
              Set.of(
                  "dev.tiercel.async",
                  "dev.tiercel.pool",
                  "dev.tiercel.memory",
                  "dev.tiercel.query",
                  "dev.tiercel.cache",
                  "dev.tiercel.tier",
                  "dev.tiercel.sqlite",
                  "dev.tiercel.task",
                  "dev.tiercel.resource")),
          Map.entry(
              "dev.tiercel.web",
              Set.of(
                  "dev.tiercel.query",
                  "dev.tiercel.cache",
                  "dev.tiercel.tier",
                  "dev.tiercel.task",
                  "dev.tiercel.pool",
                  "dev.tiercel.memory")),
          Map.entry("dev.tiercel.store", Set.of("dev.tiercel.task", "dev.tiercel.sqlite")),
          Map.entry(
              "dev.tiercel.query",
              Set.of("dev.tiercel.task", "dev.tiercel.cache", "dev.tiercel.resource")),
          Map.entry(
              "dev.tiercel.cache",
              Set.of("dev.tiercel.tier", "dev.tiercel.sqlite", "dev.tiercel.resource")),
          Map.entry("dev.tiercel.tier", Set.of("dev.tiercel.sqlite")),
          Map.entry("dev.tiercel.sqlite", Set.of("dev.tiercel.resource")),
          Map.entry("dev.tiercel.async", Set.of("dev.tiercel.task")),
          Map.entry("dev.tiercel.task", Set.of()),
          Map.entry("dev.tiercel.pool", Set.of("dev.tiercel.resource")),
          Map.entry("dev.tiercel.memory", Set.of()),
          Map.entry("dev.tiercel.resource", Set.of()));

  /** The rooms that may use a library, by the start of its package names. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("com.zaxxer.hikari", Set.of("dev.tiercel.sqlite")),
          Map.entry("org.sqlite", Set.of("dev.tiercel.sqlite")),
          Map.entry("jakarta.servlet", Set.of("dev.tiercel.web")),
          Map.entry("io.github.bucket4j", Set.of("dev.tiercel.web")),
          Map.entry("com.sun.net.httpserver", Set.of("dev.tiercel.web")),
          Map.entry("com.fasterxml.jackson", Set.of("dev.tiercel.cache")),
          Map.entry("io.micrometer", Set.of("dev.tiercel.metrics")),
          Map.entry("oshi", Set.of("dev.tiercel.memory")),
          Map.entry("com.sun.management", Set.of("dev.tiercel.memory")),
          Map.entry(
              "java.sql",
              Set.of(
                  "dev.tiercel.sqlite",
                  "dev.tiercel.store",
                  "dev.tiercel.cache",
                  "dev.tiercel.tier")));

  @Test
  void everyRoomUsesOnlyWhatThePlanSays() {
    Map<String, Set<String>> arrows = arrows();
    assertEquals(PLAN.keySet(), rooms(arrows));
    arrows.forEach(
        (room, used) -> {
          Set<String> beyond = new TreeSet<>(used);
          beyond.removeIf(other -> !other.startsWith("dev.tiercel"));
          beyond.removeAll(PLAN.getOrDefault(room, Set.of()));
          assertEquals(Set.of(), beyond, room + " uses rooms that the plan does not give it");
        });
  }

  @Test
  void noRoomReachesItself() {
    Map<String, Set<String>> arrows = arrows();
    for (String room : arrows.keySet()) {
      assertFalse(reaches(arrows, room, room), () -> room + " is part of a cycle: " + arrows);
    }
  }

  @Test
  void everyLibraryStaysInItsRoom() {
    arrows()
        .forEach(
            (room, used) ->
                LIBRARIES.forEach(
                    (library, allowed) ->
                        assertTrue(
                            allowed.contains(room)
                                || used.stream().noneMatch(name -> name.startsWith(library)),
                            () -> room + " must not use " + library)));
  }

  @Test
  void noFileIsLongerThan400Lines() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertFalse(sources.isEmpty());
      for (Path source : sources) {
        assertTrue(Files.readAllLines(source).size() <= 400, source + " is longer than 400 lines");
      }
    }
  }

  @Test
  void aCycleWouldBeSeen() {
    Map<String, Set<String>> arrows = Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a"));
    assertTrue(reaches(arrows, "a", "a"));
    assertFalse(reaches(Map.of("a", Set.of("b"), "b", Set.of("c")), "a", "a"));
  }

  private static Set<String> rooms(Map<String, Set<String>> arrows) {
    Set<String> rooms = new TreeSet<>(arrows.keySet());
    arrows.values().forEach(rooms::addAll);
    rooms.removeIf(name -> !name.startsWith("dev.tiercel"));
    return rooms;
  }

  private static boolean reaches(Map<String, Set<String>> arrows, String from, String to) {
    Deque<String> next = new ArrayDeque<>(arrows.getOrDefault(from, Set.of()));
    Set<String> seen = new TreeSet<>();
    while (!next.isEmpty()) {
      String at = next.pop();
      if (at.equals(to)) {
        return true;
      }
      if (seen.add(at)) {
        next.addAll(arrows.getOrDefault(at, Set.of()));
      }
    }
    return false;
  }

  /** The arrows between packages, read off the class files by the JDK's own tool. */
  private static Map<String, Set<String>> arrows() {
    StringWriter out = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    int status =
        jdeps.run(
            new PrintWriter(out),
            new PrintWriter(out),
            "-verbose:package",
            "--ignore-missing-deps",
            "--multi-release",
            "17",
            "-cp",
            System.getProperty("java.class.path"),
            Path.of("target", "classes", "dev").toString());
    assertEquals(0, status, out::toString);
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (String line : Arrays.asList(out.toString().split("\\R"))) {
      Matcher arrow = ARROW.matcher(line);
      if (arrow.matches() && arrow.group(1).startsWith("dev.tiercel")) {
        Set<String> used = arrows.computeIfAbsent(arrow.group(1), room -> new TreeSet<>());
        if (!arrow.group(2).equals(arrow.group(1))) {
          used.add(arrow.group(2));
        }
      }
    }
    return arrows;
  }
}
