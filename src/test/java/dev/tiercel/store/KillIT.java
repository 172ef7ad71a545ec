package dev.tiercel.store;

import dev.tiercel.sqlite.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
  private static final int CYCLES = Integer.getInteger("kill.cycles", 60);
  private static final long SEED = Long.getLong("kill.seed", 20_261_124);
  private static final int CYCLES_OF_A_FILE = 10;

  @TempDir Path folder;

  static IntStream files() {
    return IntStream.range(0, (CYCLES + CYCLES_OF_A_FILE - 1) / CYCLES_OF_A_FILE);
  }

  @ParameterizedTest(name = "file {0}")
  @MethodSource("files")
  void everyAcknowledgedWriteIsThereAfterAKill(int number) throws Exception {
    Durability durability = number % 2 == 0 ? Durability.FULL : Durability.NORMAL;
    Path file = folder.resolve("tasks.db");
    KilledDatabase database = new KilledDatabase(file, durability, new KillLedger());
    int first = number * CYCLES_OF_A_FILE;
    for (int cycle = first; cycle < Math.min(CYCLES, first + CYCLES_OF_A_FILE); cycle++) {
      Random random = new Random(SEED * 1_000_003 + cycle);
      KillMoment moment = KillMoment.draw(random, Files.notExists(file));
      try {
        List<String> arguments =
            List.of(
                file.toString(),
                durability.name(),
                Integer.toString(cycle),
                Long.toString(random.nextLong()));
        new KilledProcess(folder, moment, database.ledger(), arguments).run();
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
  }
}
