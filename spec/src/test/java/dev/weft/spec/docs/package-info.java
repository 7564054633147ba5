/** The examples of the API docs, compiled and run. */
package dev.weft.spec.docs;
