package dev.weft.benchmarks.service;

/** A product of the catalogue. */
public record Product(int item, int group) {}
