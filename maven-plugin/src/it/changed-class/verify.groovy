def classes = new File(basedir, 'target/classes/com/acme').list().sort() as List

// One frame class is left, that of the method that is left.
assert classes.size() == 3
assert classes.containsAll(['Fewer.class', 'Plain.class'])
assert classes.any { it.startsWith('Fewer$') && it.contains('kept') }
assert new File(basedir, 'build.log').text =~ /Compiled 1 async method in 1 class\. Deleted \d/
