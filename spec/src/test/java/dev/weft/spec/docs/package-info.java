/** The examples of the API documentation, compiled and run. */
package dev.weft.spec.docs;
