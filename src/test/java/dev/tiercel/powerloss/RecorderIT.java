package dev.tiercel.powerloss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shows that nothing which a process does to its files escapes the recorder. */
class RecorderIT {
  private static final int WRITES = 80;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void theWholeRecordGivesTheFilesByteForByte(Workload workload) throws Exception {
    Recorder recorder = Recorder.in(folder);
    Recording recording = recorder.record(workload, Image.EMPTY, new Rows(), 1, WRITES);
    Disk disk = Disk.honest();
    recording.operations().forEach(disk::apply);
    Image replayed = disk.now();
    assertEquals(recording.after().files().keySet(), replayed.files().keySet());
    replayed
        .files()
        .forEach((name, bytes) -> assertArrayEquals(recording.after().files().get(name), bytes));
    assertTrue(recording.operations().stream().anyMatch(o -> o.kind() == Operation.Kind.WRITE));
  }

  /* Else a power loss brings back that it is open, and whose the log is that another writer made since
   * would not be asked. */
  @Test
  void whoOwnedTheCachesHasSyncedThatItLeftWhenItIsClosed() throws Exception {
    Recording recording =
        Recorder.in(folder).record(Workload.CACHED, Image.EMPTY, new Rows(), 1, WRITES);
    Set<Long> unsynced = new HashSet<>();
    int closed = 0;
    for (Operation done : recording.operations()) {
      if (done.kind() == Operation.Kind.WRITE && done.text().matches("\\d+\nclosed \\d+ \\d+\n")) {
        unsynced.add(done.file());
        closed++;
      } else if (done.kind() == Operation.Kind.SYNC) {
        unsynced.remove(done.file());
      } else if (done.kind() == Operation.Kind.NOTE && done.text().startsWith("closed")) {
        assertEquals(Set.of(), unsynced, done::toString);
      }
    }
    assertTrue(closed > 1, closed + " times closed");
  }
}
