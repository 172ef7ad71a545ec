package dev.tiercel.task;

/** A method of {@link TaskRepository}; those with a body there count as what they call. */
public enum TaskMethod {
  /** {@link TaskRepository#add}. */
  ADD("add"),
  /** {@link TaskRepository#save}. */
  SAVE("save"),
  /** {@link TaskRepository#addAll}. */
  ADD_ALL("addAll"),
  /** {@link TaskRepository#saveAll}. */
  SAVE_ALL("saveAll"),
  /** {@link TaskRepository#findById}. */
  FIND_BY_ID("findById"),
  /** {@link TaskRepository#findByIds}. */
  FIND_BY_IDS("findByIds"),
  /** {@link TaskRepository#find}. */
  FIND("find"),
  /** {@link TaskRepository#findPage}. */
  FIND_PAGE("findPage"),
  /** {@link TaskRepository#count}. */
  COUNT("count"),
  /** {@link TaskRepository#stream}, with what its caller does with the stream. */
  STREAM("stream"),
  /** {@link TaskRepository#streamSnapshot}, with what its caller does with the stream. */
  STREAM_SNAPSHOT("streamSnapshot"),
  /** {@link TaskRepository#claim(String, int, java.time.Duration, TaskFilter)}. */
  CLAIM("claim"),
  /** {@link TaskRepository#renewLease}. */
  RENEW_LEASE("renewLease"),
  /** {@link TaskRepository#complete}. */
  COMPLETE("complete"),
  /** {@link TaskRepository#release}. */
  RELEASE("release"),
  /** {@link TaskRepository#delete}. */
  DELETE("delete"),
  /** {@link TaskRepository#prune}. */
  PRUNE("prune"),
  /** {@link TaskRepository#stats}. */
  STATS("stats"),
  /** {@link TaskRepository#inTransaction}, with all that is done on what it hands out. */
  IN_TRANSACTION("inTransaction");

  private final String methodName;

  TaskMethod(String methodName) {
    this.methodName = methodName;
  }

  /**
   * What the method is called.
   *
   * @return its name, as it stands in the interface
   */
  public String methodName() {
    return methodName;
  }
}
