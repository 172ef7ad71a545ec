package dev.tiercel.powerloss;

import dev.tiercel.sqlite.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Records and replays, one recording after another, each on what a crash of the last has left. */
final class Laboratory {
  private static final int WRITES = 400;

  private final Recorder recorder;
  private final Path folder;

  Laboratory(Recorder recorder, Path folder) {
    this.recorder = recorder;
    this.folder = folder;
  }

  /**
   * Checks states of some recordings.
   *
   * @param promised what they are held to
   * @param disks makes a disk that is empty
   * @param recordings how many
   * @param states how many of each
   */
  Tally run(
      Workload workload,
      Durability promised,
      Supplier<Disk> disks,
      int recordings,
      long states,
      long seed)
      throws Exception {
    Tally tally = new Tally();
    Image start = Image.EMPTY;
    for (int i = 0; i < recordings; i++) {
      long own = seed + i;
      Recording recording = recorder.record(workload, start, held(start), own, WRITES);
      Replay replay = new Replay(workload, recording, promised, disks, new Random(own), folder);
      tally.add(replay.run(states));
      // A legacy table is made but once.
      start = workload == Workload.LEGACY ? Image.EMPTY : replay.heir();
    }
    return tally;
  }

  /**
   * Looks for wrong answers after a write which no ledger has seen, into a file that has the size
   * and the time that it had before.
   */
  Tally writeUnseen(Workload workload, long seed) throws Exception {
    Recording recording = recorder.record(workload, Image.EMPTY, new Rows(), seed, WRITES);
    Path written = Files.createTempDirectory(folder, "unseen");
    Path copy = Files.createTempDirectory(folder, "copy");
    try {
      recording.after().write(written, new Random(seed));
      Database.run(
          written.resolve(Workload.DATABASE), "UPDATE tasks SET title = 'unseen-title-016'");
      Image.read(written).write(copy, new Random(seed));
      Tally tally = new Tally();
      List<String> why = new ArrayList<>();
      Story.Finding finding =
          new StackCheck(workload, recording.story(), workload.durability)
              .check(copy, Integer.MAX_VALUE, new Random(seed), tally, why);
      tally.states++;
      tally.found(finding, String.join("; ", why));
      return tally;
    } finally {
      Image.delete(written);
      Image.delete(copy);
    }
  }

  private Rows held(Image image) throws Exception {
    Path own = Files.createTempDirectory(folder, "held");
    try {
      image.write(own, new Random(0));
      return Database.read(own.resolve(Workload.DATABASE));
    } finally {
      Image.delete(own);
    }
  }
}
