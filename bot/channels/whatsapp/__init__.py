"""WhatsApp as a place where visitors are, by Meta's Cloud API: signed notifications in, messages out.

https://developers.facebook.com/documentation/business-messaging/whatsapp
"""
