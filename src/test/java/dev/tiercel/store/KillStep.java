package dev.tiercel.store;

import dev.tiercel.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one write of a thread is to leave behind, known before it begins: all of it must be there
 * afterwards, or nothing.
 *
 * @param thread whose write it is
 * @param kind what it is called in a message
 * @param drawsLease whether its tasks get a lease whose number only the repository knows
 * @param after each task it touches as it is afterwards, or empty for one it deletes
 */
record KillStep(int thread, String kind, boolean drawsLease, Map<String, Optional<Task>> after) {
  private static final String LEASE = "lease";
  private static final String KNOWN = "known";
  private static final String GONE = "gone:";

  static KillStep of(
      int thread, String kind, boolean drawsLease, List<Task> stored, List<String> deleted) {
    Map<String, Optional<Task>> after = new LinkedHashMap<>();
    stored.forEach(task -> after.put(task.id(), Optional.of(task)));
    deleted.forEach(id -> after.put(id, Optional.empty()));
    return new KillStep(thread, kind, drawsLease, after);
  }

  /** The same, with the number that was drawn. */
  KillStep under(long lease) {
    if (!drawsLease) {
      return this;
    }
    Map<String, Optional<Task>> known = new LinkedHashMap<>();
    after.forEach((id, task) -> known.put(id, task.map(each -> withLease(each, lease))));
    return new KillStep(thread, kind, true, known);
  }

  private static Task withLease(Task task, long lease) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        task.assignedAgentId(),
        task.createdAt(),
        task.assignedAt(),
        task.completedAt(),
        task.priority(),
        task.updatedAt(),
        task.version(),
        lease,
        task.leaseExpiresAt());
  }

  String line() {
    List<String> words = new ArrayList<>();
    words.add(Integer.toString(thread));
    words.add(kind);
    words.add(drawsLease ? LEASE : KNOWN);
    after.forEach((id, task) -> words.add(task.map(RevisedTask::word).orElse(GONE + id)));
    return String.join(" ", words);
  }

  static KillStep parse(String line) {
    String[] words = line.split(" ", -1);
    Map<String, Optional<Task>> after = new LinkedHashMap<>();
    for (String word : Arrays.asList(words).subList(3, words.length)) {
      if (word.startsWith(GONE)) {
        after.put(word.substring(GONE.length()), Optional.empty());
      } else {
        Task task = RevisedTask.parse(word);
        after.put(task.id(), Optional.of(task));
      }
    }
    return new KillStep(Integer.parseInt(words[0]), words[1], words[2].equals(LEASE), after);
  }
}
