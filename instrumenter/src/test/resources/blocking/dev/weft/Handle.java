package dev.weft;

public interface Handle {}
