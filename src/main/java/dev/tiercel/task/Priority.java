package dev.tiercel.task;

/** The named levels of a task's priority; any other {@code int} is as good, higher goes first. */
public final class Priority {
  /** The default. */
  public static final int LOW = 1;

  /** Above {@link #LOW}. */
  public static final int MEDIUM = 2;

  /** Above {@link #MEDIUM}. */
  public static final int HIGH = 3;

  /** Above {@link #HIGH}. */
  public static final int CRITICAL = 4;

  private Priority() {}
}
