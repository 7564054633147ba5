/** A service with JSON over HTTP and a database. */
@NullMarked
package dev.weft.samples.service;

import org.jspecify.annotations.NullMarked;
