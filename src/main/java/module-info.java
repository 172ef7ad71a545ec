/**
 * Tiercel makes a Java application's task repository fast without making it wrong.
 *
 * <p>{@link dev.tiercel.Tiercel} is the door. The other packages are the rooms behind it; arrows
 * between them run one way only.
 */
module dev.tiercel {
  requires static transitive org.jspecify;
  requires static transitive jakarta.servlet;
  requires transitive java.sql;
  requires static com.github.oshi;
  requires transitive jdk.httpserver;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.smile;
  requires com.fasterxml.jackson.datatype.jdk8;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires com.github.benmanes.caffeine;
  requires com.zaxxer.hikari;
  requires static transitive micrometer.core;
  requires java.management;
  requires jdk.management;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;

  exports dev.tiercel;
  exports dev.tiercel.cache;
  exports dev.tiercel.metrics;
  exports dev.tiercel.pool;
  exports dev.tiercel.memory;
  exports dev.tiercel.query;
  exports dev.tiercel.resource;
  exports dev.tiercel.sqlite;
  exports dev.tiercel.store;
  exports dev.tiercel.task;
  exports dev.tiercel.tier;
  exports dev.tiercel.web;

  // So that a task can stand inside a record that is cached.
  opens dev.tiercel.task to
      com.fasterxml.jackson.databind;
}
