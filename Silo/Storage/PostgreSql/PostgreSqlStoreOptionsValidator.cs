using Microsoft.Extensions.Options;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>Checks the annotations of <see cref="PostgreSqlStoreOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class PostgreSqlStoreOptionsValidator : IValidateOptions<PostgreSqlStoreOptions>;
