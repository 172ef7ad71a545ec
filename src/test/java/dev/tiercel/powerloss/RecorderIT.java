package dev.tiercel.powerloss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
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
}
