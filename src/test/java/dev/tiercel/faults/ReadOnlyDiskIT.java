package dev.tiercel.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.Tiercel;
import dev.tiercel.TiercelBuilder;
import dev.tiercel.store.SmallDisk;
import dev.tiercel.task.RepositoryReadOnlyException;
import dev.tiercel.task.Task;
import dev.tiercel.tier.CacheTierException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies on a disk that cannot be written is refused at open, by its name and with a remedy. */
class ReadOnlyDiskIT {
  private static final int MEBIBYTES = 8;
  private static final long TIER_BYTES = 1 << 20;

  @TempDir Path folder;

  private interface Use {
    void of(SmallDisk disk) throws Exception;
  }

  /** Makes everything on a disk, which then is read-only. */
  private void onReadOnlyDisk(UnaryOperator<TiercelBuilder> more, Use use) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), MEBIBYTES)) {
      try (Tiercel tiercel = more.apply(Tiercel.builder(disk.file("tasks.db"))).build()) {
        tiercel.tasks().add(Task.titled("there before").withId("t1"));
        assertTrue(tiercel.tasks().findById("t1").isPresent());
      }
      disk.makeReadOnly();
      use.of(disk);
      assertEquals(List.of(), OpenFiles.under(disk.file("")));
    }
  }

  @Test
  void aDatabaseIsRefused() throws Exception {
    onReadOnlyDisk(
        builder -> builder,
        disk -> {
          Path file = disk.file("tasks.db");
          for (TiercelBuilder builder :
              List.of(Tiercel.builder(file), Tiercel.builder(file).uncached())) {
            String said =
                assertThrows(RepositoryReadOnlyException.class, builder::build).getMessage();
            assertTrue(said.contains(file.toString()) && said.contains("check the perm"), said);
          }
        });
  }

  @Test
  void aTierIsRefused() throws Exception {
    onReadOnlyDisk(
        builder ->
            builder
                .sqliteTier(folder.resolve("disk").resolve("cache.db"), TIER_BYTES)
                .fileTier(folder.resolve("disk").resolve("segments"), TIER_BYTES),
        disk -> {
          Path tasks = folder.resolve("tasks.db");
          Path file = disk.file("cache.db");
          Path segments = disk.file("segments");
          String ofFile =
              assertThrows(
                      CacheTierException.class,
                      () -> Tiercel.builder(tasks).sqliteTier(file, TIER_BYTES).build())
                  .getMessage();
          assertTrue(ofFile.contains(file.toString()) && ofFile.contains("writ"), ofFile);
          String ofSegments =
              assertThrows(
                      CacheTierException.class,
                      () -> Tiercel.builder(tasks).fileTier(segments, TIER_BYTES).build())
                  .getMessage();
          assertTrue(
              ofSegments.contains(segments.toString()) && ofSegments.contains("writ"), ofSegments);
          // Nothing of a stack that was not opened is left: another one takes its place.
          try (Tiercel tiercel = Tiercel.open(tasks)) {
            tiercel.tasks().add(Task.titled("goes on"));
          }
        });
  }
}
