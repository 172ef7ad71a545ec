package dev.tiercel.store;

import dev.tiercel.faults.QuickJvm;
import dev.tiercel.sqlite.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a writing process again and again, and holds the database that it leaves behind against
 * what it had acknowledged.
 *
 * <p>{@code -Dkill.cycles=1000} kills more often than the default, {@code -Dkill.seed=7} at other
 * moments. The moments are drawn from the seed, but how far the process comes until then is up to
 * the machine.
 */
class KillIT {
  private static final int CYCLES = Integer.getInteger("kill.cycles", 40);
  private static final long SEED = Long.getLong("kill.seed", 20_261_124);

  /** How often one file is killed and recovered. */
  private static final int CYCLES_OF_A_FILE = 10;

  private final ExecutorService threads = Executors.newFixedThreadPool(Durability.values().length);

  @TempDir static Path tools;
  private static QuickJvm jvm;

  @TempDir Path folder;

  @BeforeAll
  static void prepare() throws Exception {
    String file = tools.resolve("tasks.db").toString();
    List<String> arguments =
        List.of(file, Durability.FULL.name(), "0", "0", KillMoment.Phase.OPENING.name());
    jvm = QuickJvm.of(tools, KilledWriter.class, arguments);
  }

  static IntStream rounds() {
    int cycles = CYCLES_OF_A_FILE * Durability.values().length;
    return IntStream.range(0, (CYCLES + cycles - 1) / cycles);
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Two files side by side: most of a cycle is the start of a JVM, which uses one processor. */
  @Timeout(value = 5, unit = TimeUnit.MINUTES) // A busy machine starts its many JVMs slowly.
  @ParameterizedTest(name = "round {0}")
  @MethodSource("rounds")
  void everyAcknowledgedWriteIsThereAfterAKill(int round) throws Throwable {
    int first = round * CYCLES_OF_A_FILE * Durability.values().length;
    List<Callable<Void>> files = new ArrayList<>();
    for (Durability durability : Durability.values()) {
      int from = first + files.size() * CYCLES_OF_A_FILE;
      Path own = Files.createDirectory(folder.resolve(durability.name()));
      files.add(() -> killAgainAndAgain(own, durability, from));
    }
    for (Future<Void> file : threads.invokeAll(files)) {
      try {
        file.get();
      } catch (ExecutionException e) {
        throw e.getCause();
      }
    }
  }

  private static Void killAgainAndAgain(Path folder, Durability durability, int first) {
    Path file = folder.resolve("tasks.db");
    KilledDatabase database = new KilledDatabase(file, durability, new KillLedger());
    for (int cycle = first; cycle < Math.min(CYCLES, first + CYCLES_OF_A_FILE); cycle++) {
      Random random = new Random(SEED * 1_000_003 + cycle);
      KillMoment moment = KillMoment.draw(random, Files.notExists(file));
      try {
        List<String> arguments =
            List.of(
                file.toString(),
                durability.name(),
                Integer.toString(cycle),
                Long.toString(random.nextLong()),
                moment.phase().name());
        new KilledProcess(jvm, folder, moment, database.ledger(), arguments).run();
        if (random.nextBoolean()) {
          database.checkCopy(folder.resolve("copy-" + cycle), cycle);
        } else {
          database.check(cycle);
        }
      } catch (Throwable e) {
        throw new AssertionError(
            "cycle %d with -Dkill.seed=%d, %s, durability %s: %s"
                .formatted(cycle, SEED, moment, durability, e.getMessage()),
            e);
      }
    }
    return null;
  }
}
