package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What callers do with the one object of a pool happens one after the other, in whatever order two
 * threads take their steps; waiting, invalidating and closing included. Lincheck takes the steps.
 *
 * <p>{@code -Dpool.scenarios=100} draws more scenarios, {@code -Dpool.orders=2000} walks through
 * more orders of each.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class PoolLinearizabilityIT {
  private static final int SCENARIOS = Integer.getInteger("pool.scenarios", 4);
  private static final int ORDERS = Integer.getInteger("pool.orders", 80);
  private static final int NEWEST_JDK = 25;

  @BeforeAll
  static void needsAJdkThatItKnows() {
    assumeTrue(
        Runtime.version().feature() <= NEWEST_JDK,
        "Lincheck refuses JDKs after %d, which it does not know".formatted(NEWEST_JDK));
    System.setProperty("lincheck.logLevel", "ERROR");
  }

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(ORDERS)
        .threads(2)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .minimizeFailedScenario(false)
        .sequentialSpecification(Plain.class);
  }

  @Test
  void aPoolOfOneIsALock() {
    options().check(Pooled.class);
  }

  @Test
  void anObjectThatIsNotLeasedAloneIsSeen() {
    LincheckAssertionError e =
        assertThrows(LincheckAssertionError.class, () -> options().check(Shared.class));
    assertTrue(e.getMessage().contains("Invalid execution results"), e.getMessage());
  }

  /** A number that is counted up, until it is closed. */
  public static class Plain {
    private int number;
    private int madeAgain;
    private boolean closed;

    public int count() {
      return closed ? -1 : number++;
    }

    public int renew() {
      return closed ? -1 : madeAgain++;
    }

    public void close() {
      closed = true;
    }
  }

  /** The same with the numbers in objects of a pool, each of which has one holder. */
  public static class Pooled {
    private int madeAgain;
    private final int[] number = new int[1];
    private final ObjectPool<int[]> pool = pool();

    private ObjectPool<int[]> pool() {
      ObjectPoolBuilder<int[]> settings = ObjectPool.of(() -> number).maxSize(1);
      settings.spinNanos = 0; // Lincheck lets time stand still.
      return settings.build();
    }

    @Operation
    public int count() {
      try (Lease<int[]> lease = pool.lease()) {
        return lease.get()[0]++;
      } catch (PoolClosedException e) {
        return -1;
      }
    }

    @Operation
    public int renew() {
      try (Lease<int[]> lease = pool.lease()) {
        int before = madeAgain++;
        lease.invalidate();
        return before;
      } catch (PoolClosedException e) {
        return -1;
      }
    }

    @Operation
    public void close() {
      pool.close();
    }
  }

  /** The same without the lease. */
  public static class Shared {
    private int number;
    private int madeAgain;
    private volatile boolean closed;

    @Operation
    public int count() {
      return closed ? -1 : number++;
    }

    @Operation
    public int renew() {
      return closed ? -1 : madeAgain++;
    }

    @Operation
    public void close() {
      closed = true;
    }
  }
}
