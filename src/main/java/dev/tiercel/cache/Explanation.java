package dev.tiercel.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a cache knows about a key.
 *
 * @param key the key's text
 * @param tiers the names of the tiers where it is
 * @param current whether it would be served, as far as writes go
 * @param why which write made it void, or is about to, if it is not current
 * @param stamp the number of the commit up to which it is known to be current
 * @param age how long ago it was loaded, to the second
 * @param unread for how long nobody has read it in memory; empty if nobody has since it was loaded,
 *     and for values without an idle time, of which that is not noted
 * @param lastMiss why the last look-up that missed did, if it is still known
 */
public record Explanation(
    String key,
    List<String> tiers,
    boolean current,
    Optional<String> why,
    long stamp,
    Duration age,
    Optional<Duration> unread,
    Optional<String> lastMiss) {
  /**
   * What is known of a key whose value is in no tier.
   *
   * @param key the key's text
   * @param why why a look-up missed
   * @return the explanation
   */
  public static Explanation notCached(String key, String why) {
    return new Explanation(
        key,
        List.of(),
        false,
        Optional.empty(),
        0,
        Duration.ZERO,
        Optional.empty(),
        Optional.of(why));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(key).append(": ");
    if (tiers.isEmpty()) {
      text.append("not cached");
    } else {
      text.append("in ").append(String.join(", ", tiers)).append(", loaded ").append(age);
      text.append(" ago, ").append(current ? "current at " : "not current, stamp ").append(stamp);
      why.ifPresent(write -> text.append(", ").append(write));
    }
    lastMiss.ifPresent(miss -> text.append("; last missed because ").append(miss));
    return text.toString();
  }
}
