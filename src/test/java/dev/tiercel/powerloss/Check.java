package dev.tiercel.powerloss;

import dev.tiercel.sqlite.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Opens what a crash has left and holds it against what was acknowledged.
 *
 * @param workload what ran
 * @param recording what it did
 * @param promised what it is held to; the durability of the workload unless it is to be found out
 */
record Check(Workload workload, Recording recording, Durability promised) {
  /** The share of states that are opened with everything above the database. */
  private static final int WHOLE_STACK_ONE_IN = 100;

  /**
   * Checks a state; an exception is a finding too.
   *
   * @param folder the files that the crash has left
   * @param before at which operation the power was lost
   */
  void check(Path folder, Image image, int before, Random random, Tally tally) {
    List<String> why = new ArrayList<>();
    Story.Finding finding;
    try {
      finding = find(folder, image, before, random, tally, why);
    } catch (Exception | AssertionError e) {
      finding = Story.Finding.CORRUPT;
      StringBuilder all = new StringBuilder();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        all.append(cause).append(" at ").append(cause.getStackTrace()[0]).append("; ");
      }
      why.add(all.toString());
    }
    tally.found(finding, String.join("; ", why));
  }

  private Story.Finding find(
      Path folder, Image image, int before, Random random, Tally tally, List<String> why)
      throws Exception {
    if (workload == Workload.TIERS) {
      return TierCheck.check(folder, why);
    }
    boolean whole = random.nextInt(WHOLE_STACK_ONE_IN) == 0;
    if (workload.cached || whole) {
      tally.wholeStacks++;
      return new StackCheck(workload, recording.story(), promised)
          .check(folder, before, random, tally, why);
    }
    Path database = folder.resolve(Workload.DATABASE);
    Story.Finding finding = recording.story().judge(Database.read(database), before, promised, why);
    if (finding != Story.Finding.SOUND) {
      return finding;
    }
    if (workload == Workload.LEGACY) {
      return LegacyCheck.check(folder, image, before, recording.story(), why);
    }
    return workload == Workload.GROUPS ? backups(folder, image, before, why) : finding;
  }

  /* A copy that has its name is whole, and from the moment that it is acknowledged it is there. */
  private Story.Finding backups(Path folder, Image image, int before, List<String> why)
      throws Exception {
    Story story = recording.story();
    for (String name : recording.after().files().keySet()) {
      int begun = story.said("copying " + name, before);
      if (begun < 0) {
        continue;
      }
      int done = story.said("copied " + name, before);
      if (image.files().containsKey(name)) {
        Rows rows = Database.read(folder.resolve(name));
        if (story.judge(rows, begun, done < 0 ? before : done, why) != Story.Finding.SOUND) {
          why.add("in " + name);
          return Story.Finding.CORRUPT;
        }
      } else if (done >= 0) {
        why.add(name + " is not there");
        return Story.Finding.LOST;
      }
    }
    return Story.Finding.SOUND;
  }
}
