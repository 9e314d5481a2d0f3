// Takes the place of the chaos command's programs in a build against the stand-in. The clients and the invariants are built and
// tested there too.
await Console.Error.WriteLineAsync(
    "This build has a single-process stand-in in place of Orleans, which has no clusters: there is nothing to kill but all of it. "
    + "The chaos command needs a build with Orleans' own packages.");
return 2;
