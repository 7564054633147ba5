package dev.weft;

public @interface Async {}
