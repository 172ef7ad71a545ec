package dev.tiercel.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How a database is opened; every value is checked by the builder that sets it. */
record SqliteOptions(
    Path file,
    String name,
    int readers,
    Durability durability,
    Duration busyTimeout,
    long cacheBytes,
    long mmapBytes,
    long walBytes,
    boolean autoMigrate,
    List<Migration> migrations,
    Preparation preparation,
    WriteJournal journal) {}
