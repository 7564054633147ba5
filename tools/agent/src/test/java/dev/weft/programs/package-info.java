/**
 * Programs that the tests start in JVMs of their own. No build step compiles their async methods.
 */
package dev.weft.programs;
