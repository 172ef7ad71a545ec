package dev.tiercel.pool;

/**
 * Keeps what a subclass declares away from what lies before the object: two cache lines of 64
 * bytes, because processors fetch them in pairs.
 */
@SuppressWarnings("unused") // Only takes up room.
abstract class Padding {
  private long p00;
  private long p01;
  private long p02;
  private long p03;
  private long p04;
  private long p05;
  private long p06;
  private long p07;
  private long p08;
  private long p09;
  private long p10;
  private long p11;
  private long p12;
  private long p13;
  private long p14;
  private long p15;
}
