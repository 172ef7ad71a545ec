package dev.tiercel.web;

import java.util.List;

/**
 * How a response may be kept and used again.
 *
 * @param fresh for how many seconds from its origin it is fresh; 0 if it must be validated first
 * @param age how many seconds it was old when it came
 * @param isAlwaysValidated whether it is never used without being validated
 * @param isNeverStale whether it is never used when it is no longer fresh, whatever happens
 * @param whileRevalidate for how many seconds after that it may be used while it is validated
 * @param ifError for how many seconds after that it may be used if the handler fails
 * @param isShared whether its handler says that it is for everybody, also for those who authorize
 * @param isConfigured whether its handler says nothing of its freshness, and a setting does
 * @param unkept the fields that may not be kept with it
 */
record Terms(
    long fresh,
    long age,
    boolean isAlwaysValidated,
    boolean isNeverStale,
    long whileRevalidate,
    long ifError,
    boolean isShared,
    boolean isConfigured,
    List<String> unkept) {

  /** For how many seconds from its origin it is of any use, validated or not. */
  long usable() {
    return fresh + Math.max(whileRevalidate, ifError);
  }
}
