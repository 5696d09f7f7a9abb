// Everything that the bot needs in Azure, in one resource group. No secret is made or kept:
// the bot signs in to Teams, Microsoft Graph, storage and Application Insights with one managed
// identity. Neither compiled nor deployed yet: what could not be tried says so where it stands.
targetScope = 'resourceGroup'

@description('Starts the name of every resource. Letters, digits and hyphens.')
@minLength(4)
@maxLength(20)
param baseName string

@description('Region of everything except the bot registration, which is global.')
param location string = resourceGroup().location

@description('Address of the SharePoint site that holds the lists, https://tenant.sharepoint.com/sites/name.')
param sharePointSite string

@description('Name of the bot as people see it in Teams.')
@maxLength(30)
param botDisplayName string

@description('Azure OpenAI that is asked what was meant where the bot is not sure, https://name.openai.azure.com. Empty: none is. The identity needs the role Cognitive Services OpenAI User there.')
param azureOpenAiEndpoint string = ''

@description('Name under which a chat model is deployed there.')
param azureOpenAiDeployment string = ''

// Web app, bot and storage names must be unique in all of Azure.
var uniqueName = toLower('${baseName}-${uniqueString(resourceGroup().id)}')
var storageName = '${take(toLower(replace(baseName, '-', '')), 11)}${uniqueString(resourceGroup().id)}'

// Built-in roles, by the ids that Azure gives them everywhere:
// Storage Table Data Contributor, Storage Blob Data Contributor, Storage Queue Data Contributor and
// Monitoring Metrics Publisher.
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${baseName}-identity'
  location: location
}

// The bot's memory: tables for where it may write, which cards it has sent, what was found and when;
// blobs for its copies of the lists; queues by which its processes share out what is to be delivered.
// It makes its own tables, containers and queues.
//
// Open to every network, and to nobody without a Microsoft Entra token and one of the roles below:
// there are no keys, so no SAS, and no anonymous access. A firewall would need the web app in a
// virtual network; an address rule would let in everybody who shares App Service's outbound addresses.
resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: 'Allow'
    }
  }
}

resource tablesOfTheBot 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, tableDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableDataContributor)
  }
}

resource blobsOfTheBot 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, blobDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}

resource queuesOfTheBot 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, queueDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueDataContributor)
  }
}

// Logs and telemetry. Kept for 90 days: about a school term, and what Application Insights keeps
// without charge. Beyond the daily cap (GB) they are dropped until the next day, and the bot goes on.
resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${baseName}-logs'
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 90
    workspaceCapping: {
      dailyQuotaGb: json('0.2')
    }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

// Takes telemetry from identities with a role only: the connection string alone opens nothing.
resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${baseName}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource telemetryOfTheBot 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identity.id, metricsPublisher)
  scope: insights
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
  }
}

// Basic is the smallest tier with Always On, which a bot that looks at lists by itself needs.
// Two instances, so that one can fail or be replaced while the other answers; Basic goes up to three.
// One of them looks at the lists, all of them deliver: what is to be done lies in a queue, and each
// conversation is claimed by one at a time. One instance is enough to run on: it costs half.
resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${baseName}-plan'
  location: location
  kind: 'linux'
  sku: {
    name: 'B1'
    capacity: 2
  }
  properties: {
    reserved: true
  }
}

resource webApp 'Microsoft.Web/sites@2023-12-01' = {
  name: uniqueName
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    siteConfig: {
      // App Service's own Node 24 runs the bot: the npm package `node` is not deployed. Started
      // without npm, which would be a second process with an Application Insights agent of its own.
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node adapters/serve.ts'
      alwaysOn: true
      // App Service asks each instance every minute. One that answers 503 gets no requests while
      // another is well, and is replaced after an hour.
      healthCheckPath: '/healthz'
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      remoteDebuggingEnabled: false
    }
  }
}

// Apart from the web app, because PUBLIC_URL needs its host name. All settings are here: what is
// added by hand in the portal is gone after the next provisioning.
resource settings 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: webApp
  name: 'appsettings'
  properties: {
    // What adapters/config.ts reads. PORT is App Service's to give.
    HOST: '0.0.0.0'
    PUBLIC_URL: 'https://${webApp.properties.defaultHostName}'
    SHAREPOINT_SITE: sharePointSite
    AZURE_STORAGE_ACCOUNT_URL: 'https://${storage.name}.table.${environment().suffixes.storage}'
    BOT_ID: identity.properties.clientId
    BOT_TYPE: 'UserAssignedMSI'
    BOT_TENANT_ID: identity.properties.tenantId
    AZURE_OPENAI_ENDPOINT: azureOpenAiEndpoint
    AZURE_OPENAI_DEPLOYMENT: azureOpenAiDeployment

    // What App Service reads, and the bot does not.
    // The deployed zip is mounted as it is. Unpacking its tens of thousands of small files takes
    // far longer. A restart starts the new process before it stops the old one, and may: two processes
    // share the work and deliver nothing twice.
    WEBSITE_RUN_FROM_PACKAGE: '1'

    // App Service loads Application Insights' agent into Node; nothing of it is in the bot's code.
    // Documented for Node on Linux, with a user-assigned identity; not tried, least of all with
    // ECMAScript modules and Node 24. The agent stays out if the package `applicationinsights` is
    // deployed with the bot. To do without it, take out its EXTENSION_VERSION.
    ApplicationInsightsAgent_EXTENSION_VERSION: '~3'
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identity.properties.clientId}'
  }
}

// The bot's log is what its process writes, one JSON object a line. The agent does not collect it. The
// log stream shows it as it comes, …
resource logStream 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: webApp
  name: 'logs'
  properties: {
    httpLogs: {
      fileSystem: {
        enabled: true
        retentionInDays: 3
        retentionInMb: 35
      }
    }
  }
  // One change to a web app at a time: a second is refused while the first is under way.
  dependsOn: [
    settings
  ]
}

// … and the workspace keeps it, in the table AppServiceConsoleLogs.
resource keptLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: webApp
  properties: {
    workspaceId: workspace.id
    logs: [
      {
        category: 'AppServiceConsoleLogs'
        enabled: true
      }
      {
        category: 'AppServicePlatformLogs'
        enabled: true
      }
    ]
  }
}

// Nobody deploys with a user name and password; Microsoft Entra sign-in only.
resource noPasswordForScm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: webApp
  name: 'scm'
  properties: {
    allow: false
  }
}

resource noPasswordForFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: webApp
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: uniqueName
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: botDisplayName
    endpoint: 'https://${webApp.properties.defaultHostName}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: identity.properties.tenantId
    msaAppType: 'UserAssignedMSI'
  }
}

resource teamsChannel 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
    }
  }
}

// Written to the environment file under these names; teamsapp.yml and the manifest read them.

@description('The bot\'s Microsoft Entra app id: the client id of the identity.')
output BOT_ID string = identity.properties.clientId

@description('Host name of the web app.')
output BOT_DOMAIN string = webApp.properties.defaultHostName

@description('Object id of the identity: who is given Sites.Selected in Microsoft Graph.')
output BOT_PRINCIPAL_ID string = identity.properties.principalId

@description('The tenant of the identity, for npm run provision and npm run doctor at a desk.')
output BOT_TENANT_ID string = identity.properties.tenantId

@description('Name of the web app, for az webapp.')
output AZURE_WEB_APP_NAME string = webApp.name

@description('Where the code is deployed to.')
output AZURE_APP_SERVICE_RESOURCE_ID string = webApp.id
