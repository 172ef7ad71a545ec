package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.faults.QuickJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A {@link TierKillWriter} that is listened to, killed at a moment drawn by lot, and heard out:
 * what it wrote into the pipe before it died counts.
 */
final class TierKillProcess {
  /* One that hangs is killed too: its pipe would be read for ever. */
  private static final long PATIENCE_SECONDS = 90;
  private static final int MOST_LINES = 3_000;
  private static final int LONGEST_NANOS = 5_000_000;

  private final TierKillLedger ledger;
  private final Random random;
  private final Process process;
  private final Path errors;
  private final String killedAfter;
  private int lines;
  private boolean killed;
  private boolean closed;
  private volatile boolean hung;

  TierKillProcess(
      QuickJvm jvm, Path folder, TierKillWriter.Layout layout, TierKillLedger ledger, Random random)
      throws IOException {
    this.ledger = ledger;
    this.random = random;
    int kind = random.nextInt(10);
    killedAfter = kind == 0 ? "opening" : kind == 1 ? "closing" : "open";
    lines = early(MOST_LINES);
    errors = folder.resolve("errors");
    List<String> command =
        jvm.command(
            folder,
            List.of(folder.toString(), layout.name(), Long.toString(random.nextLong() >>> 8)));
    process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  /** Far more often few than many. */
  private int early(int most) {
    return random.nextInt(1 + random.nextInt(most));
  }

  /** Reads its lines to the end of the pipe, and kills it on the way. */
  void run() throws IOException, InterruptedException {
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(this::giveUp);
    try (Reader pipe =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = line(pipe);
      while (line != null) {
        hear(line);
        line = line(pipe);
      }
      process.waitFor();
    } finally {
      destroy();
    }
    assertEquals("", Files.readString(errors));
    assertFalse(hung, "the process was not through after " + PATIENCE_SECONDS + " s");
    assertTrue(killed || closed, "the process ended before its moment");
  }

  private void giveUp() {
    if (process.isAlive()) {
      hung = true;
      destroy();
    }
  }

  /** Process.destroyForcibly() would throw away what stands in the pipe. */
  private void destroy() {
    process.toHandle().destroyForcibly();
  }

  /** A whole line, or null: what was cut off by the kill was not said. */
  private static String line(Reader pipe) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = pipe.read();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = pipe.read();
    }
    return next < 0 ? null : line.toString();
  }

  private void hear(String line) throws IOException {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "opening", "closing" -> killAfter(words[0]);
      case "open" -> {}
      case "closed" -> closed = true;
      default -> hear(Integer.parseInt(words[1]), words);
    }
    lines--;
    if (lines == 0) {
      killAfter("open");
      process.getOutputStream().close(); // It closes everything when its input ends.
    }
  }

  private void hear(int thread, String[] words) {
    switch (words[0]) {
      case "filling" -> ledger.filling(thread, words[2]);
      case "writing" ->
          ledger.writing(thread, Integer.parseInt(words[2]), Long.parseLong(words[3]));
      case "committed" -> ledger.committed(thread);
      case "voiding" -> {
        int id = Integer.parseInt(words[3]);
        ledger.voiding(thread, TierKillWriter.Voiding.valueOf(words[2]).hit(id));
      }
      case "voided" -> ledger.voided(thread);
      case "flushed" -> {
        ledger.evicted(Long.parseLong(words[2]));
        assertEquals("0", words[3], "calls of a tier failed");
        ledger.flushed(thread, values(words));
      }
      default -> throw new IllegalStateException("it said: " + String.join(" ", words));
    }
  }

  private static Map<String, List<Long>> values(String[] words) {
    Map<String, List<Long>> values = new HashMap<>();
    for (int i = 4; i < words.length; i++) {
      if (!words[i].isEmpty()) {
        String[] parts = words[i].split("=", 2);
        values.put(parts[0], TierKillLedger.parse(parts[1]));
      }
    }
    return values;
  }

  private void killAfter(String phase) {
    if (killedAfter.equals(phase)) {
      long nanos = early(phase.equals("opening") ? 20 * LONGEST_NANOS : LONGEST_NANOS);
      long from = System.nanoTime();
      while (System.nanoTime() - from < nanos) {
        Thread.onSpinWait();
      }
      destroy();
      killed = true;
    }
  }

  @Override
  public String toString() {
    return "killed after \"" + killedAfter + "\", " + lines + " lines before its moment";
  }
}
