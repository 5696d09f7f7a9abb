// Everything that the bot needs in Azure, in one resource group. No secret is made or kept:
// the bot signs in to Teams, Microsoft Graph and storage with one managed identity.
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

// Web app, bot and storage names must be unique in all of Azure.
var uniqueName = toLower('${baseName}-${uniqueString(resourceGroup().id)}')
var storageName = '${take(toLower(replace(baseName, '-', '')), 11)}${uniqueString(resourceGroup().id)}'

// Built-in role: Storage Table Data Contributor.
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${baseName}-identity'
  location: location
}

// The bot's memory: where it may write, which cards it has sent, what was found and when.
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

// Basic is the smallest tier with Always On, which a bot that looks at lists by itself needs.
// One instance: the bot does one thing at a time, and two of them would look twice.
resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${baseName}-plan'
  location: location
  kind: 'linux'
  sku: {
    name: 'B1'
    capacity: 1
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
      // App Service's own Node 24 runs the bot: the npm package `node` is not deployed.
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'npm run serve'
      alwaysOn: true
      healthCheckPath: '/healthz'
      numberOfWorkers: 1
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      remoteDebuggingEnabled: false
      // What adapters/config.ts reads. PORT is App Service's to give.
      appSettings: [
        {
          name: 'HOST'
          value: '0.0.0.0'
        }
        {
          name: 'SHAREPOINT_SITE'
          value: sharePointSite
        }
        {
          name: 'AZURE_STORAGE_ACCOUNT_URL'
          value: 'https://${storage.name}.table.${environment().suffixes.storage}'
        }
        {
          name: 'BOT_ID'
          value: identity.properties.clientId
        }
        {
          name: 'BOT_TYPE'
          value: 'UserAssignedMSI'
        }
        {
          name: 'BOT_TENANT_ID'
          value: identity.properties.tenantId
        }
        {
          // Read by App Service, not by the bot: the deployed zip is mounted as it is. Unpacking
          // its tens of thousands of small files takes far longer.
          name: 'WEBSITE_RUN_FROM_PACKAGE'
          value: '1'
        }
      ]
    }
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

@description('Where the code is deployed to.')
output AZURE_APP_SERVICE_RESOURCE_ID string = webApp.id
