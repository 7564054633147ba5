/** A database by JDBC, behind a pool of connections: docs/jdbc.md. */
@NullMarked
package dev.weft.samples.jdbc;

import org.jspecify.annotations.NullMarked;
