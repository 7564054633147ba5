/** Tests of controllers that await, in the same JVM and from a fat jar. */
package dev.weft.spring;
