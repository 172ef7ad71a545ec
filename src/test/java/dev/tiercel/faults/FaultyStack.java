package dev.tiercel.faults;

import dev.tiercel.Tiercel;
import dev.tiercel.TiercelBuilder;
import dev.tiercel.resource.ResourceCloseException;
import dev.tiercel.task.DuplicateTaskException;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.RepositoryClosedException;
import dev.tiercel.task.RepositoryCorruptException;
import dev.tiercel.task.StaleTaskException;
import dev.tiercel.task.TaskRepositoryException;
import dev.tiercel.task.UnknownOutcomeException;
import dev.tiercel.tier.CacheTierException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stack with both tiers on files whose calls may fail, and what it may say then: of a faulty
 * cache only that it cannot be opened, of a faulty database nothing that is not so.
 */
final class FaultyStack {
  /** What stands in the paths of the database, and in those of the tiers. */
  static final String TASKS = "/faulty-tasks";

  static final String CACHE = "/faulty-cache";

  private static final long TIER_BYTES = 4 << 20;
  private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

  private final Path folder;
  private final boolean cacheIsFaulty;
  private final boolean reads;
  private int refusals;

  FaultyStack(Path folder, Fault fault) throws IOException {
    this.folder = folder;
    cacheIsFaulty = fault.files().equals(CACHE);
    reads = fault.operation() == Fault.Operation.READ;
    Files.createDirectories(inFolder(TASKS));
    Files.createDirectories(inFolder(CACHE));
  }

  private Path inFolder(String name) {
    return folder.resolve(name.substring(1));
  }

  Path database() {
    return inFolder(TASKS).resolve("tasks.db");
  }

  /** How often something was refused because of a fault. */
  int refusals() {
    return refusals;
  }

  /**
   * Opens it; null if it says that it cannot be.
   *
   * @param memory what fits into the memory of its cache, in bytes
   */
  @Nullable Tiercel open(long memory) {
    try {
      return builder()
          .memory(memory)
          .sqliteTier(inFolder(CACHE).resolve("cache.db"), TIER_BYTES)
          .fileTier(inFolder(CACHE).resolve("segments"), TIER_BYTES)
          .build();
    } catch (CacheTierException e) {
      if (!cacheIsFaulty) {
        throw new AssertionError("the cache's files are in order: " + e, e);
      }
      told(e);
      requireNamed(e);
      return null;
    } catch (TaskRepositoryException e) {
      refusedToOpen(e);
      return null;
    }
  }

  private void refusedToOpen(TaskRepositoryException e) {
    refused("opening", e);
    requireNamed(e);
    if (e instanceof UnknownOutcomeException) {
      throw new AssertionError("there was no write of which the outcome may be unknown: " + e, e);
    }
  }

  private void requireNamed(Exception e) {
    if (!String.valueOf(e.getMessage()).contains(folder.toString())) {
      throw new AssertionError("it does not say which file: " + e, e);
    }
  }

  /** Opens it without a cache; null if it says that it cannot be. */
  @Nullable Tiercel openUncached() {
    try {
      return builder().uncached().build();
    } catch (TaskRepositoryException e) {
      refusedToOpen(e);
      return null;
    }
  }

  /* One reader: a connection that is not given back is missed at once. */
  private TiercelBuilder builder() {
    return Tiercel.builder(database())
        .readers(1)
        .busyTimeout(Duration.ofSeconds(1))
        .clock(InstantSource.fixed(NOW));
  }

  void close(Tiercel open) {
    try {
      open.close();
    } catch (TaskRepositoryException e) {
      refused("closing", e);
    } catch (ResourceCloseException e) {
      requireOfTasks("closing", e);
      told(e);
    }
  }

  /** Takes note of a refusal that a fault explains; any other one fails. */
  void refused(String doing, TaskRepositoryException e) {
    requireOfTasks(doing, e);
    if (e instanceof StaleTaskException
        || e instanceof DuplicateTaskException
        || e instanceof RepositoryBusyException
        || e instanceof RepositoryClosedException
        || (e instanceof RepositoryCorruptException && !reads)) {
      throw new AssertionError(doing + " is refused for a reason that is none: " + e, e);
    }
    told(e);
  }

  private void requireOfTasks(String doing, Exception e) {
    if (cacheIsFaulty) {
      throw new AssertionError(doing + " fails because of the cache: " + e, e);
    }
  }

  private void told(Exception e) {
    refusals++;
    if (e.getMessage() == null || e.getMessage().isBlank()) {
      throw new AssertionError("it does not say why: " + e, e);
    }
  }

  /** What of these files this process has open. */
  List<String> leftOpen() throws IOException {
    return OpenFiles.under(folder);
  }
}
