package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.faults.QuickJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A {@link KilledWriter} that is listened to, killed at its moment, and heard out: what it wrote
 * into the pipe before it died counts.
 */
final class KilledProcess {
  /* One that hangs is killed too: its pipe would be read for ever. */
  private static final long PATIENCE_SECONDS = 60;

  private final KillMoment moment;
  private final KillLedger ledger;
  private final Process process;
  private final Path errors;
  private int acknowledged;
  private boolean killed;
  private boolean closed;

  /**
   * Starts the writer.
   *
   * @param jvm starts it
   * @param folder takes what it complains of, and its native library, which it cannot delete
   * @param arguments those of {@link KilledWriter#main}
   */
  KilledProcess(
      QuickJvm jvm, Path folder, KillMoment moment, KillLedger ledger, List<String> arguments)
      throws IOException {
    this.moment = moment;
    this.ledger = ledger;
    errors = folder.resolve("errors");
    List<String> command = jvm.command(folder, arguments);
    process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  /** Reads its lines to the end of the pipe, and kills it on the way. */
  void run() throws IOException, InterruptedException {
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(this::destroy);
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
    assertTrue(
        killed || closed,
        () -> "the writer ended before its moment, after " + acknowledged + " acknowledgements");
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
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case KilledWriter.OPENING -> killIf(KillMoment.Phase.OPENING);
      case KilledWriter.OPEN -> {}
      case KilledWriter.INTENDED -> ledger.intended(KillStep.parse(words[1]));
      case KilledWriter.ACKNOWLEDGED -> {
        String[] numbers = words[1].split(" ", -1);
        ledger.acknowledged(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]));
        acknowledged++;
        if (acknowledged == moment.acknowledgements()) {
          killIf(KillMoment.Phase.WRITING);
          // The writer closes the repository when its input ends.
          process.getOutputStream().close();
        }
      }
      case KilledWriter.REFUSED -> ledger.refused(Integer.parseInt(words[1]));
      case KilledWriter.CLOSING -> killIf(KillMoment.Phase.CLOSING);
      case KilledWriter.CLOSED -> closed = true;
      default -> throw new IllegalStateException("the writer said: " + line);
    }
  }

  private void killIf(KillMoment.Phase phase) {
    if (moment.phase() == phase) {
      moment.pass();
      destroy();
      killed = true;
    }
  }
}
