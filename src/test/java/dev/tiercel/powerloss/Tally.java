package dev.tiercel.powerloss;

import java.util.ArrayList;
import java.util.List;

/** Counts what was tried and what was found. Used by one thread at a time. */
final class Tally {
  private static final int MOST_REASONS = 5;

  long states;
  long points;
  long operations;
  long writes;
  long lost;
  long corrupt;
  long stale;
  long served;
  long wholeStacks;
  final List<String> reasons = new ArrayList<>();

  void found(Story.Finding finding, String why) {
    switch (finding) {
      case SOUND -> {}
      case STALE -> stale++;
      case LOST -> lost++;
      case CORRUPT -> corrupt++;
    }
    if (finding != Story.Finding.SOUND && reasons.size() < MOST_REASONS) {
      reasons.add(finding + " " + why);
    }
  }

  void add(Tally more) {
    states += more.states;
    points += more.points;
    operations += more.operations;
    writes += more.writes;
    lost += more.lost;
    corrupt += more.corrupt;
    stale += more.stale;
    served += more.served;
    wholeStacks += more.wholeStacks;
    reasons.addAll(
        more.reasons.subList(
            0, Math.max(0, Math.min(more.reasons.size(), MOST_REASONS - reasons.size()))));
  }

  @Override
  public String toString() {
    return ("states=%d points=%d operations=%d writes=%d lost=%d corrupt=%d stale=%d"
            + " served=%d whole-stacks=%d")
        .formatted(states, points, operations, writes, lost, corrupt, stale, served, wholeStacks);
  }
}
