// A cluster on Azure: container apps that find each other by, and keep everything in, the tables of one storage account, to which only their managed identity is let in.
// az deployment group create -g ideavote -f deploy/azure/main.bicep -p image=… adminToken=…

@description('Where everything is.')
param location string = resourceGroup().location

@description('The beginning of all names; 3 to 11 lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'ideavote'

@description('The silo\'s image, such as myregistry.azurecr.io/ideavote-silo:0.1.0.')
param image string

@description('The name of the Azure container registry in this resource group that holds the image.')
param registry string

@description('The administrator\'s own token, 32 characters or more.')
@secure()
@minLength(32)
param adminToken string

@description('How many processes at least; two live through the death of one.')
@minValue(2)
param minReplicas int = 2

@description('How many processes at most.')
@maxValue(30)
param maxReplicas int = 10

@description('Where traces and logs are sent by OTLP; empty for nowhere.')
param otlpEndpoint string = ''

var unique = uniqueString(resourceGroup().id)
var storageName = toLower('${name}${unique}')

// Built-in roles: the least that the tables and the image need.
var storageTableDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  kind: 'StorageV2'
  // Written to three zones before a vote is acknowledged.
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    // No key opens it: only identities with a role.
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    networkAcls: {
      defaultAction: 'Deny'
      bypass: 'None'
      virtualNetworkRules: [
        {
          id: '${network.id}/subnets/apps'
          action: 'Allow'
        }
      ]
    }
  }
}

resource tables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, storageTableDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: storageTableDataContributor
  }
}

resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registry
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(images.id, identity.id, acrPull)
  scope: images
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: acrPull
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.60.0.0/16']
    }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.60.0.0/23'
          serviceEndpoints: [
            {
              service: 'Microsoft.Storage'
            }
          ]
          delegations: [
            {
              name: 'apps'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
    ]
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: 30
  }
}

resource apps 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: name
  location: location
  properties: {
    zoneRedundant: true
    vnetConfiguration: {
      infrastructureSubnetId: '${network.id}/subnets/apps'
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  dependsOn: [tables, pull]
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    managedEnvironmentId: apps.id
    workloadProfileName: 'Consumption'
    configuration: {
      // Old and new processes of one cluster side by side would be two clusters in two revisions.
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
        // Cursors of sorted lists belong to the process that began them.
        stickySessions: {
          affinity: 'sticky'
        }
      }
      registries: [
        {
          server: images.properties.loginServer
          identity: identity.id
        }
      ]
      secrets: [
        {
          name: 'admin-token'
          value: adminToken
        }
      ]
    }
    template: {
      // A silo takes up to a minute to hand its grains over.
      terminationGracePeriodSeconds: 150
      containers: [
        {
          name: 'silo'
          image: image
          args: ['--role', 'both', '--storage', 'azure', '--data', '/data']
          resources: {
            cpu: json('2')
            memory: '4Gi'
          }
          env: [
            {
              name: 'IDEAVOTE_AZURE'
              value: storage.properties.primaryEndpoints.table
            }
            {
              name: 'AZURE_CLIENT_ID'
              value: identity.properties.clientId
            }
            {
              name: 'IDEAVOTE_ADMIN_TOKEN'
              secretRef: 'admin-token'
            }
            {
              name: 'OTEL_EXPORTER_OTLP_ENDPOINT'
              value: otlpEndpoint
            }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/healthz/ready'
                port: 8080
              }
              periodSeconds: 5
              failureThreshold: 60
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/healthz/ready'
                port: 8080
              }
              periodSeconds: 5
              failureThreshold: 3
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz/live'
                port: 8080
              }
              periodSeconds: 10
              failureThreshold: 6
            }
          ]
          volumeMounts: [
            {
              volumeName: 'data'
              mountPath: '/data'
            }
          ]
        }
      ]
      volumes: [
        {
          name: 'data'
          storageType: 'EmptyDir'
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'processor'
            custom: {
              type: 'cpu'
              metadata: {
                type: 'Utilization'
                value: '60'
              }
            }
          }
        ]
      }
    }
  }
}

@description('Where people reach it.')
output address string = 'https://${app.properties.configuration.ingress.fqdn}'

@description('The tables that hold everything: what is to be backed up.')
output tableEndpoint string = storage.properties.primaryEndpoints.table
