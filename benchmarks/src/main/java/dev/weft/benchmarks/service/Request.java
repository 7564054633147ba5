package dev.weft.benchmarks.service;

/** A parsed request. {@code hangs} marks a request for which one back end never answers. */
public record Request(int id, String action, int customer, int item, int count, boolean hangs) {}
