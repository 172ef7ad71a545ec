package dev.tiercel.powerloss;

import dev.tiercel.powerloss.Operation.Kind;
import dev.tiercel.sqlite.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Goes through a recording again and again, and at some of its operations loses the power in every
 * way that there is. Each state is checked once.
 */
final class Replay {
  private static final int MOST_PASSES = 100;

  /** How much likelier than elsewhere a crash is beside what makes something safe. */
  private static final int BESIDE_SYNCS = 8;

  private static final Set<Kind> DECISIVE =
      EnumSet.of(
          Kind.NOTE,
          Kind.CREATE,
          Kind.SIZE,
          Kind.SYNC,
          Kind.SYNC_FOLDER,
          Kind.LINK,
          Kind.RENAME,
          Kind.UNLINK);

  private final Workload workload;
  private final Recording recording;
  private final Check check;
  private final Supplier<Disk> disks;
  private final Random random;
  private final Path folder;
  private final Set<Long> seen = new HashSet<>();
  private final Tally tally = new Tally();
  private Image heir = Image.EMPTY;

  /**
   * Prepares a replay.
   *
   * @param promised what the states are held to
   * @param disks makes a disk that is empty
   * @param folder where the states are put, one at a time
   */
  Replay(
      Workload workload,
      Recording recording,
      Durability promised,
      Supplier<Disk> disks,
      Random random,
      Path folder) {
    this.workload = workload;
    this.recording = recording;
    this.check = new Check(workload, recording, promised);
    this.disks = disks;
    this.random = random;
    this.folder = folder;
  }

  /** Checks so many states, or fewer if there are no more. */
  Tally run(long states) throws IOException {
    List<Operation> operations = recording.operations();
    tally.operations = operations.size();
    tally.writes = recording.story().acknowledged(Integer.MAX_VALUE);
    long weight = 0;
    for (int i = 0; i <= operations.size(); i++) {
      weight += weight(i);
    }
    for (int pass = 0; pass < MOST_PASSES && tally.states < states; pass++) {
      double wanted = (double) (states - tally.states) / Crash.Style.values().length;
      pass(states, wanted / weight);
    }
    return tally;
  }

  private int weight(int before) {
    return isDecisive(before - 1) || isDecisive(before) ? BESIDE_SYNCS : 1;
  }

  private boolean isDecisive(int index) {
    List<Operation> operations = recording.operations();
    return index >= 0
        && index < operations.size()
        && DECISIVE.contains(operations.get(index).kind());
  }

  private void pass(long states, double probability) throws IOException {
    Disk disk = disks.get();
    disk.begin(recording.before());
    List<Operation> operations = recording.operations();
    for (int i = 0; i <= operations.size() && tally.states < states; i++) {
      if (random.nextDouble() < probability * weight(i)) {
        long checked = tally.states;
        losePower(disk, i);
        tally.points += tally.states > checked ? 1 : 0;
      }
      if (i < operations.size()) {
        disk.apply(operations.get(i));
      }
    }
  }

  private void losePower(Disk disk, int before) throws IOException {
    List<Operation> pending = disk.pending();
    int acknowledged = recording.story().acknowledged(before);
    for (Crash.Style style : Crash.Style.values()) {
      Image image = disk.after(style.draw(pending, random));
      if (!seen.add(31 * image.fingerprint() + acknowledged)) {
        continue;
      }
      tally.states++;
      if (random.nextLong(tally.states) == 0) {
        heir = image;
      }
      Path own = Files.createTempDirectory(folder, "state");
      try {
        image.write(own, random);
        int reasons = tally.reasons.size();
        check.check(own, image, before, random, tally);
        if (tally.reasons.size() > reasons) {
          tally.reasons.add(
              tally.reasons.remove(reasons)
                  + " (%s, seed %d, before %d of %d, %s)"
                      .formatted(
                          workload,
                          recording.seed(),
                          before,
                          recording.operations().size(),
                          style));
        }
      } finally {
        Image.delete(own);
      }
    }
  }

  /** One of the states, any. */
  Image heir() {
    return heir;
  }
}
