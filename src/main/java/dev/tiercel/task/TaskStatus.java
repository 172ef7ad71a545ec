package dev.tiercel.task;

/** Where a task stands; derived from its fields, never stored, and independent of the clock. */
public enum TaskStatus {
  /** Nobody holds it and it is not completed. */
  PENDING,
  /** An agent holds it, with or without a lease, and it is not completed. */
  ASSIGNED,
  /** It has a completion time, whoever holds it. */
  COMPLETED
}
