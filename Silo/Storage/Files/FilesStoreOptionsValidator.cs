using Microsoft.Extensions.Options;

namespace OrleansChat.Storage.Files;

/// <summary>Checks the annotations of <see cref="FilesStoreOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class FilesStoreOptionsValidator : IValidateOptions<FilesStoreOptions>;
